"""The server: the version it shows, its files, its headers, its API."""
