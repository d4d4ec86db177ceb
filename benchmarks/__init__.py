"""How fast tipgraph answers and builds, as ratios against a peer measured in the same run."""
