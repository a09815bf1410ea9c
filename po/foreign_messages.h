#pragma once

#include <string_view>

#include "text/message.h"

// What the system and other libraries say in English, and what is passed on to people in their language. A test holds
// it against what these say.
namespace limier {

inline constexpr std::string_view foreign_messages[] = {
    // The system's errors.
    translatable("Operation not permitted"),
    translatable("No such file or directory"),
    translatable("Input/output error"),
    translatable("No such device or address"),
    translatable("Bad file descriptor"),
    translatable("Cannot allocate memory"),
    translatable("Permission denied"),
    translatable("Device or resource busy"),
    translatable("File exists"),
    translatable("Not a directory"),
    translatable("Is a directory"),
    translatable("Invalid argument"),
    translatable("Too many open files"),
    translatable("File too large"),
    translatable("No space left on device"),
    translatable("Read-only file system"),
    translatable("File name too long"),
    translatable("Too many levels of symbolic links"),
    translatable("Stale file handle"),
    translatable("Disk quota exceeded"),
    // simdjson, of a text that is no JSON.
    translatable("This parser can't support a document that big"),
    translatable(
        "The JSON document has an improper structure: missing or superfluous commas, braces, missing keys, etc."),
    translatable("The JSON document was too deep (too many nested objects and arrays)"),
    translatable("Problem while parsing a string"),
    translatable("Problem while parsing an atom starting with the letter 't'"),
    translatable("Problem while parsing an atom starting with the letter 'f'"),
    translatable("Problem while parsing an atom starting with the letter 'n'"),
    translatable("Problem while parsing a number"),
    translatable("The input is not valid UTF-8"),
    translatable("Empty: no JSON found"),
    translatable("Within strings, some characters must be escaped, we found unescaped characters"),
    translatable("A string is opened, but never closed."),
    // Expat, of a broken dump.
    translatable("no element found"),
    translatable("not well-formed (invalid token)"),
    translatable("unclosed token"),
    translatable("partial character"),
    translatable("mismatched tag"),
    translatable("duplicate attribute"),
    translatable("junk after document element"),
    translatable("undefined entity"),
    translatable("unknown encoding"),
    translatable("encoding specified in XML declaration is incorrect"),
    translatable("unclosed CDATA section"),
};

}  // namespace limier
