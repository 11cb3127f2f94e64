"""The suite for a real account: it reads, and if told to changes one customer and puts it back."""
