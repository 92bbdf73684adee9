"""Tables out of files: bytes to numbered rows of text, whatever the file is."""
