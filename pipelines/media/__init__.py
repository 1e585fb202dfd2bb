"""The site's own pictures, sounds, films and documents: which ones are wanted, and how they come along."""
