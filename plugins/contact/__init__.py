"""How readers reach the newsroom: the contact page, the line in the footer, a report of a mistake under each post."""
