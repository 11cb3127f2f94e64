"""From a call to the socket and back: connections, attempts, retries, pace and log. The only folder with I/O."""
