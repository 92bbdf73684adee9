"""Taking files in: what each column becomes, what would be refused, then the import itself."""
