#include "extract/dump_page.h"

#include <algorithm>
#include <string>

#include "extract/words.h"
#include "text/entities.h"

namespace limier::extract {
namespace {

// Calls `handle` with each line; \n, \r\n and a lone \r end one.
template <class Handler>
void for_each_line(std::string_view text, const Handler& handle) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    handle(text.substr(0, end));
    const bool two = text.substr(end, 2) == "\r\n";
    text.remove_prefix(std::min(end + (two ? 2 : 1), text.size()));
  }
}

constexpr std::string_view bullets[] = {"•", "□", "◦", "▪", "■", "●", "○", "‣", "▸", "►", "*", "+"};

// Takes a bullet and the spaces behind it off the front. A hyphen is none: it opens speeches.
bool take_bullet(std::string_view& line) {
  for (const std::string_view bullet : bullets) {
    const std::string_view rest = line.substr(std::min(bullet.size(), line.size()));
    if (!line.starts_with(bullet) || !(rest.empty() || rest.starts_with(' ') || rest.starts_with("\u00a0"))) continue;
    line = rest;
    return true;
  }
  return false;
}

Block block_of_line(std::string_view line) {
  Block block;
  const std::size_t indent = std::min(line.find_first_not_of(" \t"), line.size());
  block.indent = static_cast<int>(indent);
  line.remove_prefix(indent);
  while (take_bullet(line)) {
    block.kind = BlockKind::ListItem;
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  }
  block.text = collapse_spaces(contains(line, "&") ? decode_entities(line) : std::string(line));
  return block;
}

}  // namespace

std::vector<Block> dump_blocks(std::string_view dump) {
  std::vector<Block> blocks;
  bool gap = true;
  for_each_line(dump, [&](std::string_view line) {
    Block block = block_of_line(line);
    if (is_blank(block.text)) {
      gap = true;
      return;
    }
    block.after_gap = gap;
    gap = false;
    blocks.push_back(std::move(block));
  });
  measure(blocks);
  return blocks;
}

std::vector<Block> unwrapped_blocks(std::string_view text) {
  constexpr std::size_t widest = 100;  // bytes
  std::vector<Block> paragraphs;
  std::size_t joints = 0;       // a line directly below another
  std::size_t open_joints = 0;  // … that goes on with its sentence
  std::size_t longest = 0;
  bool gap = true;
  for_each_line(text, [&](std::string_view line) {
    const std::string collapsed = collapse_spaces(line);
    longest = std::max(longest, collapsed.size());
    if (is_blank(collapsed)) {
      gap = true;
      return;
    }
    if (gap) {
      paragraphs.emplace_back().text = collapsed;
    } else {
      std::string& paragraph = paragraphs.back().text;
      ++joints;
      if (!contains(".!?:;", std::string_view(paragraph).substr(paragraph.size() - 1))) ++open_joints;
      paragraph += ' ' + collapsed;
    }
    gap = false;
  });
  const bool wrapped = longest <= widest && joints >= 3 && open_joints * 2 >= joints;
  if (!wrapped) return {};
  measure(paragraphs);
  return paragraphs;
}

}  // namespace limier::extract
