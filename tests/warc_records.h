#pragma once

#include <brotli/encode.h>
#include <doctest/doctest.h>

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
