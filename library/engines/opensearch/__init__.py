"""The engine for more than one machine: its index lies in OpenSearch, and all analysis is ours."""
