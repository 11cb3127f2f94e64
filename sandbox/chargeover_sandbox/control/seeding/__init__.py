"""Knows seeds: the customers that a sandbox starts with and goes back to, read from files or made up."""
