"""What is asked and how the response is read, without I/O: calls, checked fields, conditions and envelopes."""
