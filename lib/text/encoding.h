#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "limier/message.h"

namespace limier {

/// Text in UTF-8, and what was lost on the way.
struct DecodedText {
  std::string text;                ///< Valid UTF-8, without a byte order mark.
  std::string charset;             ///< What the bytes were: `utf-8`, `windows-1252`, …
  std::size_t replaced_bytes = 0;  ///< Bytes that mean nothing in that charset; U+FFFD stands in their place.
};

/// Says of `bytes` bytes that they were replaced; for messages.
Message replaced_message(std::size_t bytes);

/// What binary data these are (`a PDF file`, `binary data`), told from the first 8 KiB; empty for text.
std::string_view binary_kind(std::string_view bytes);

/// The charset that an HTML or XML page declares in its first 4 KiB, in lower case; empty if it declares none.
std::string declared_charset(std::string_view page);

/// Bytes to UTF-8. In this order: a byte order mark; UTF-16 that shows itself by its zero bytes; UTF-8, if the bytes
/// are valid, whatever was declared; UTF-8 with U+FFFD for what is broken, if most of what is not ASCII is valid; the
/// declared charset (`iso-8859-1` means windows-1252, as on the web); else windows-1252, or ISO-8859-15 where only that
/// one gives words (0xBD before a letter is œ: `cœur`).
DecodedText to_utf8(std::string bytes, std::string_view declared = {});

}  // namespace limier
