#include <limier/index_writer.h>
#include <limier/searcher.h>
#include <limier/snippet.h>
#include <iostream>

int main() {
  limier::IndexWriter writer("press.idx");
  writer.add({.id = "1", .title = "Moscou livre des armes à Bamako", .body = "L’accord a été signé jeudi."});
  writer.add({.id = "2", .title = "La pêche reprend", .body = "Les pêcheurs du lac sont de retour."});
  writer.commit();

  limier::Searcher searcher("press.idx");
  const limier::SearchResult result = searcher.search(limier::parse_query("\"accord a été signé\" OU armes"));
  for (const limier::Hit& hit : result.hits) {
    const limier::Snippet snippet = make_snippet(hit.document.body, result.wanted_in_body, searcher.analyzer());
    std::cout << hit.id << ' ' << hit.document.title << ": " << snippet.text << '\n';
  }
}
