"""What pages, feeds, search and the digest are given of listings: views of files and archive, and their cutting."""
