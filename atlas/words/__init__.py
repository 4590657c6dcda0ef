"""Every word that is shown, in all languages."""
