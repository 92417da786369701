"""The wire's files in content/updates: loaded, checked, and edited with every comment kept."""
