"""The model: customers as a plain dict, and a machine that does to a server what it does to the dict."""
