"""What people ask for: one frozen value for each kind of operation that the journal keeps."""
