"""Pro-forma invoices and order confirmations."""
