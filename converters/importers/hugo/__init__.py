"""Hugo (https://gohugo.io): a whole site, a folder of content, or single files."""

from converters.importers.hugo.files import recognizes as recognizes
