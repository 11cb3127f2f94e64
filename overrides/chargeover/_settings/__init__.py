"""What a client and a call can be given: the account, credentials, options; checked before anything is sent."""
