#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace limier::sealed {

/// Terms, each with what is known of it, that wait on the disk for those that are met later. They are written in parts,
/// each in the order of its terms. The file has no name, and is gone with the process. Throws Error{Io}.
/// Thread rule: one thread at a time.
class Spill {
 public:
  /// `path` is where the file is opened, when it is needed.
  explicit Spill(std::string path) : path_(std::move(path)) {}
  ~Spill();
  Spill(const Spill&) = delete;
  Spill& operator=(const Spill&) = delete;

  /// Adds a term with the record that `put` appends to a string. REQUIRES a term above the one before, but for the
  /// first of a part.
  template <typename Put>
  void add(std::string_view term, Put put) {
    const std::size_t begin = buffer_.size(), record = begin + sizeof(Sizes) + term.size();
    buffer_.append(sizeof(Sizes), '\0').append(term);
    put(buffer_);
    const Sizes sizes{static_cast<std::uint32_t>(term.size()), static_cast<std::uint32_t>(buffer_.size() - record)};
    std::memcpy(buffer_.data() + begin, sizes.data(), sizeof sizes);
    if (buffer_.size() >= write_size) flush();
  }

  /// Ends a part, unless it is empty.
  void end_part();

  /// Walks the terms of all parts in order. Valid as long as the spill, to which nothing is added. Thread rule: one
  /// thread at a time.
  class Cursor {
   public:
    explicit Cursor(const Spill& spill);

    bool at_end() const { return having_.empty(); }

    std::string_view term() const { return parts_[having_.front()].term(); }

    /// Calls `visit` with what each part knows of the term, in their order; valid until the next term.
    template <typename Visit>
    void for_each_record(Visit visit) const {
      for (const std::uint32_t part : having_) visit(parts_[part].record());
    }

    void next();

   private:
    /// Walks the terms of a part.
    class Part {
     public:
      /// Stands before the first.
      Part(const Spill& spill, std::uint64_t begin, std::uint64_t end) : spill_(&spill), at_(begin), end_(end) {}

      bool at_end() const { return at_end_; }
      std::string_view term() const { return term_; }
      std::string_view record() const { return record_; }
      void next();

     private:
      std::string_view take(std::size_t size);

      const Spill* spill_;
      std::uint64_t at_, end_;  // in the file, what is not read yet
      std::string read_;
      std::size_t used_ = 0;  // of it
      std::string_view term_, record_;
      bool at_end_ = false;
    };

    std::vector<Part> parts_;
    std::vector<std::uint32_t> having_;  // which have the term, by their places
  };

 private:
  static constexpr std::size_t write_size = 1 << 20;

  /// Before each term: its size, and that of its record.
  using Sizes = std::array<std::uint32_t, 2>;

  void flush();
  void read(std::uint64_t offset, char* bytes, std::size_t size) const;
  [[noreturn]] void refuse(int error) const;

  std::string path_;
  int file_ = -1;
  std::string buffer_;         // what is not written yet
  std::uint64_t written_ = 0;  // what is
  std::vector<std::uint64_t> ends_;
};

}  // namespace limier::sealed
