"""What an editor writes about job boards: content/listings/boards.toml, loaded and checked."""
