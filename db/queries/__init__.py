"""What the screens and commands read: plain rows, made for showing."""
