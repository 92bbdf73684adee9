"""What people ask for: one function, one transaction, one journal entry."""
