"""Operations that the contract does not have: the suite judges them as soon as a document has them."""
