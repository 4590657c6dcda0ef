"""Files damaged and made odd by number: whatever becomes of them, an answer is a sentence.

``python -m tests.mutations workbooks 0 2000`` tries two thousand filled workbooks, ``seeds`` as many folders of tables;
``seeds`` of those accepted are built, opened on every page and exported. What fails is printed with its number, by
which it can be had again: ``python -m tests.mutations seeds 1234``.
"""
