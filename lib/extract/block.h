#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace limier::extract {

/// What the page's form says of a block.
enum class BlockKind { Paragraph, Heading, ListItem };

/// Where in the page a block stands, as far as the page itself, or others beside it, say so. A dump alone says nothing:
/// all is Open there.
enum class Region {
  Open,        ///< Nothing is known.
  Outside,     ///< Outside of the element that is marked as the article.
  Clutter,     ///< In a menu, a form, a footer, a list of other stories…
  Caption,     ///< Under a picture.
  Byline,      ///< In an element that is named after the author or the date.
  Breadcrumb,  ///< In the path of sections from the home page.
  Tags,        ///< In the list of tags.
  Repeated,    ///< Other pages of the site have it too (repeated_texts.h).
};

/// What the wording of a block says.
enum class Wording {
  Ordinary,
  Date,        ///< A date and nothing else.
  Byline,      ///< `Par Aminata Cissé - 12 mars 2024`
  Share,       ///< `PartagerTweeterPin`
  OtherArea,   ///< The title of an area of other things: `Articles similaires`, `Laisser un commentaire`.
  ReadAlso,    ///< `À lire aussi : …`
  Advert,      ///< `Publicité`
  Copyright,   ///< `© Askia 24 - 2025`
  Contact,     ///< `Adresse mail : …`, `Votre adresse e-mail ne sera pas publiée.`
  Source,      ///< `Source: Sputnik`
  Tags,        ///< `Mots-clés : coton, jassides`
  Caption,     ///< `Photo : …`, `… © AFP`
  Template,    ///< `{{ track.track_title }}`
  Breadcrumb,  ///< `Accueil » Économie » Agriculture`
};

/// A piece of a page between two breaks, with what can be measured on it.
struct Block {
  std::string text;  ///< White space collapsed.
  BlockKind kind = BlockKind::Paragraph;
  int level = 0;  ///< Of a heading in HTML, from 1 for <h1> to 6.
  Region region = Region::Open;
  std::string datetime;                   ///< Of the first <time> in it, as Document::date.
  std::vector<std::string> author_links;  ///< The texts of the <a rel=author> in it.
  int indent = 0;                         ///< Columns, in a dump.
  bool after_gap = false;                 ///< A blank line stands before it, in a dump.
  bool continues = false;                 ///< A single <br> stands before it, in HTML.
  std::uint32_t container = 0;            ///< The element that holds it beside others, in HTML; 0 for <body>.
  double link_share = 0;                  ///< Share of the text that stands in links, from 0 to 1; always 0 in a dump.

  // Measured by measure():
  std::string folded_text;
  std::uint64_t fingerprint = 0;  ///< A hash of the folded text.
  std::size_t words = 0;
  double stop_word_share = 0;  ///< Share of the words that are function words, from 0 to 1.
  bool ends_sentence = false;  ///< Ends in a full stop or the like.
  bool ends_in_dots = false;   ///< Ends in `...`, as cut teasers do.
  bool ends_in_date = false;   ///< A date stands at its end, as in tickers.
  std::size_t repeats = 0;     ///< How many other blocks of the page have this text.
  bool announced = false;      ///< `Il vous faut :`, and the items of the list below.
  Wording wording = Wording::Ordinary;
};

/// Fills in what is measured; of blocks that were measured before, only what depends on the others.
void measure(std::vector<Block>& blocks);

/// What a report says of a block: `list item, clutter`.
std::string description_of(const Block& block);

/// A link to another story may follow on a line of its own: `À lire aussi` / `Garoua : le prix du coton monte`.
bool announces_link(const Block& block);

/// Running text: a paragraph, or a sentence of its own.
bool is_prose(const Block& block);

}  // namespace limier::extract
