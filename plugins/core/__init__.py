"""What the features share: wording of errors, checked settings, addresses, files, the network, feeds."""
