#pragma once

#include <brotli/encode.h>
#include <doctest/doctest.h>
#include <zlib.h>

#include <string>

// Web archives, written by hand.
namespace limier::test {

inline std::string record(const std::string& type, const std::string& url, const std::string& content_type,
                          const std::string& block, const std::string& more_fields = {}) {
  std::string head = "WARC/1.1\r\nWARC-Type: " + type + "\r\nWARC-Date: 2024-03-12T08:15:00Z\r\n";
  if (!url.empty()) head += "WARC-Target-URI: " + url + "\r\n";
  head += "Content-Type: " + content_type + "\r\n" + more_fields;
  return head + "Content-Length: " + std::to_string(block.size()) + "\r\n\r\n" + block + "\r\n\r\n";
}

inline std::string response(const std::string& url, const std::string& message) {
  return record("response", url, "application/http; msgtype=response", message);
}

inline std::string http(const std::string& content_type, const std::string& body, const std::string& more_fields = {}) {
  const std::string type = content_type.empty() ? "" : "Content-Type: " + content_type + "\r\n";
  return "HTTP/1.1 200 OK\r\nServer: test\r\n" + type + more_fields + "\r\n" + body;
}

inline std::string page_of(const std::string& title, const std::string& text) {
  return "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>" + title +
         "</title></head><body><nav><ul><li><a href=/>Accueil</a></ul></nav><h1>" + title + "</h1><p>" + text +
         "</p></body></html>";
}

inline std::string hex(std::size_t number) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (; number > 0; number /= 16) text.insert(text.begin(), digits[number % 16]);
  return text;
}

/// As zlib writes it with `window_bits`: 15 is RFC 1950, -15 is RFC 1951.
inline std::string deflated(const std::string& text, int window_bits) {
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, 6, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

inline std::string brotli(const std::string& text) {
  std::size_t size = BrotliEncoderMaxCompressedSize(text.size());
  std::string out(size, '\0');
  REQUIRE(BrotliEncoderCompress(5, BROTLI_DEFAULT_WINDOW, BROTLI_DEFAULT_MODE, text.size(),
                                reinterpret_cast<const std::uint8_t*>(text.data()), &size,
                                reinterpret_cast<std::uint8_t*>(out.data())) == BROTLI_TRUE);
  out.resize(size);
  return out;
}

}  // namespace limier::test
