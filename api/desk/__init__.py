"""The desk: pages for people, made on the server. They call the verbs that the interface calls."""
