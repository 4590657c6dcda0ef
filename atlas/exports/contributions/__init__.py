"""What offices hand in: workbooks to fill in, what is read of filled ones, what is wrong or doubtful in them, and what they ask for."""
