"""A writer's old site brought here: exports of Substack, Medium and WordPress, and feeds, become posts and pages."""
