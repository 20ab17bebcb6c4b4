"""What the resolving of names and indicators knows, as data."""
