// Any bytes as the dump of a page.
#include "article_invariants.h"
#include "extract/article.h"
#include "text/encoding.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace limier;
  const std::string page = to_utf8(std::string(text_of(data, size)), {}).text;
  std::vector<PageBlock> blocks;
  const Document document = extract::article_of_dump(page, &blocks);
  check_article(document, blocks, page);
  const Document dated = extract::article_of_dump(page, nullptr, {.captured = "2024-03-12T08:15:00Z"});
  require(dated.body == document.body && dated.title == document.title, "the text is the same whenever it was saved");
  require(document.date.empty() || dated.date == document.date, "a date that the page says stays");
  return 0;
}
