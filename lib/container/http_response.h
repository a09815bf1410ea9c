#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "container/header_fields.h"
#include "limier/message.h"

namespace limier::container {

/// The head of an HTTP response (RFC 9112, sections 4 and 5).
struct HttpHead {
  int status = 0;
  HeaderFields fields;
  std::size_t length = 0;  ///< In bytes, up to the body.
};

/// Reads the head at the beginning of `response`; none where there is no such thing, or no end of it.
std::optional<HttpHead> read_http_head(std::string_view response);

/// The body as it was before it was cut into chunks (RFC 9112, section 7.1) and packed (gzip, deflate, br, zstd). Where
/// it is not as the fields say, since many who save pages undo that and leave the fields, it stays as it is. What is
/// wrong goes into `problem`; the body is then what could be read. It is cut behind `largest` bytes, unpacked.
std::string read_http_body(const HeaderFields& fields, std::string body, std::size_t largest, Message& problem);

}  // namespace limier::container
