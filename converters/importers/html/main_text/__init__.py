"""What of a page is its main text: evidence on each block, a judge, and a choice that heeds what the page marks."""
