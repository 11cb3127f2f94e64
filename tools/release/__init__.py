"""What a release needs: one version everywhere, a wheel that works, lock files."""
