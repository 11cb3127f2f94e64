"""The Python face of the control, over HTTP and with nothing but the standard library."""
