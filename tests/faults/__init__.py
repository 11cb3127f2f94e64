"""The fault matrix: what a client makes of each kind of fault, over real sockets."""
