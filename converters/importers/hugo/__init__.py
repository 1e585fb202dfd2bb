"""Hugo (https://gohugo.io): a whole site, a folder of content, or single files."""
