#pragma once

#include <string>
#include <string_view>

namespace limier {

/// Room for what one code point is folded to: at most 18 code points (U+FDFA) of 3 bytes.
struct FoldingBuffer {
  char bytes[64];
};

/// What stands for a code point once differences of typography are gone: its Unicode case folding with compatibility
/// forms resolved (NFKC_Casefold: `É` -> `é`, `ß` -> `ss`, `ﬁ` -> `fi`, nothing for a soft hyphen), œ and æ as two
/// letters, white space left out. Accents are kept. The view lives as long as the buffer.
std::string_view fold_case(char32_t code_point, FoldingBuffer& buffer);

/// What stands for a case-folded code point without its accents: `é` -> `e`, `ø` -> `o`, nothing for a combining
/// accent. Scripts other than Latin and Greek are left as they are: the marks of Hindi are no accents. The view lives
/// as long as the buffer.
std::string_view fold_accents(char32_t code_point, FoldingBuffer& buffer);

/// Unicode normalisation form C. REQUIRES valid UTF-8.
std::string to_nfc(std::string_view text);

/// The text in lower case without accents, for comparing names and words: `Sœur AGNÈS` -> `soeur agnes`. White space is
/// kept. REQUIRES valid UTF-8.
std::string fold(std::string_view text);

/// The text with its first letter as at the beginning of a name: `état` -> `État`. REQUIRES valid UTF-8.
std::string capitalised(std::string_view text);

}  // namespace limier
