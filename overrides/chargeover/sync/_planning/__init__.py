"""From rows to a plan: checked, matched with customers, compared. Nothing is sent that changes anything."""
