#include "hit_formats.h"

#include <fmt/format.h>

#include <sstream>

#include "limier/evaluation.h"

namespace limier::tools {
namespace {

std::string tsv_value(std::string_view text) {
  std::string value;
  for (const char byte : text) {
    switch (byte) {
      case '\t':
        value += "\\t";
        break;
      case '\n':
        value += "\\n";
        break;
      case '\r':
        value += "\\r";
        break;
      case '\\':
        value += "\\\\";
        break;
      default:
        value += byte;
    }
  }
  return value;
}

}  // namespace

std::string tsv_lines(const std::vector<Hit>& hits, std::size_t first_rank, const std::vector<std::string>& indexes) {
  std::string lines;
  for (std::size_t i = 0; i < hits.size(); ++i) {
    const Document& document = hits[i].document;
    lines += fmt::format("{}\t{}", first_rank + i, hits[i].score);
    for (const std::string& text :
         {hits[i].id, document.date, document.site, document.title, document.url, indexes[hits[i].index]}) {
      lines += '\t' + tsv_value(text);
    }
    lines += '\n';
  }
  return lines;
}

std::string trec_lines(const std::vector<Hit>& hits, const std::string& topic, const std::string& tag) {
  std::ostringstream lines;
  write_run(lines, topic, hits, tag);
  return lines.str();
}

std::string id_lines(const std::vector<Hit>& hits, std::string_view end) {
  std::string lines;
  for (const Hit& hit : hits) lines.append(hit.id).append(end);
  return lines;
}

}  // namespace limier::tools
