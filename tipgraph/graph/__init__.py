"""The layers in a store, and the engines that answer SPARQL over them."""
