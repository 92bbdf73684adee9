"""The promise tester: which dates a client could be promised, and the chain behind each."""
