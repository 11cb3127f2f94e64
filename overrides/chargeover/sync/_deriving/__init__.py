"""Plans made of plans: the one that puts values back, and the parts of a large one."""
