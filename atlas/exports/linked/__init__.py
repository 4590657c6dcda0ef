"""The records as linked data: ids that hold everywhere, the description of the data set, records in the words of schema.org, places as Linked Places."""
