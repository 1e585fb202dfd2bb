"""Pages of HTML: saved ones, whole static sites, and exports whose posts are HTML (Medium, Substack, Blogger)."""
