"""All that knows a customer: the methods of ``client.customers``, their operations, and what they return."""
