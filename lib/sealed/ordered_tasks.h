#pragma once

#include <deque>
#include <functional>
#include <future>
#include <semaphore>
#include <utility>

namespace limier::sealed {

/// Does tasks side by side, at most so many as there are threads, and hands their results on in the order of the tasks;
/// with one thread, on the caller's own. Throws what a task throws when its result is due.
/// Thread rule: one thread at a time.
template <typename Result>
class OrderedTasks {
 public:
  OrderedTasks(unsigned threads, std::function<void(Result)> receive)
      : threads_(threads), free_(threads), receive_(std::move(receive)) {}

  template <typename Task>
  void start(Task task) {
    // One more waits until any of them ends, not until the first does.
    if (begun_.size() >= (threads_ > 1 ? threads_ + 1 : 1)) receive_first();
    begun_.push_back(
        std::async(threads_ > 1 ? std::launch::async : std::launch::deferred, [this, task = std::move(task)]() mutable {
          const Place place(free_);
          return task();
        }));
  }

  /// Hands on all that is left.
  void finish() {
    while (!begun_.empty()) receive_first();
  }

 private:
  void receive_first() {
    std::future<Result> first = std::move(begun_.front());
    begun_.pop_front();
    receive_(first.get());
  }

  /// One of the places of those that are at work.
  class Place {
   public:
    explicit Place(std::counting_semaphore<>& free) : free_(free) { free_.acquire(); }
    ~Place() { free_.release(); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

   private:
    std::counting_semaphore<>& free_;
  };

  unsigned threads_;
  std::counting_semaphore<> free_;
  std::function<void(Result)> receive_;
  std::deque<std::future<Result>> begun_;
};

}  // namespace limier::sealed
