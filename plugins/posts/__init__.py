"""Posts and pages: the writer's own words, their front matter checked, drafts kept out."""
