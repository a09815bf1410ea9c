#include "sealed/ordered_tasks.h"

#include <doctest/doctest.h>

#include <atomic>
#include <latch>
#include <numeric>
#include <stdexcept>
#include <thread>
#include <vector>

namespace limier::sealed {
namespace {

TEST_SUITE("ordered tasks") {
  TEST_CASE("threads: results come in the order of the tasks, no more of which are at work than there are threads") {
    for (const unsigned threads : {1U, 2U, 3U}) {
      CAPTURE(threads);
      std::vector<int> received, expected(60);
      std::iota(expected.begin(), expected.end(), 0);
      std::atomic<unsigned> working = 0, most = 0;
      std::latch met(threads);  // so many are at work at once, or none goes on
      const auto caller = std::this_thread::get_id();
      std::atomic<bool> by_caller = false;
      {
        OrderedTasks<int> tasks(threads, [&](int result) { received.push_back(result); });
        for (const int number : expected)
          tasks.start([&, number] {
            const unsigned now = ++working;
            for (unsigned before = most; before < now && !most.compare_exchange_weak(before, now);) continue;
            if (std::this_thread::get_id() == caller) by_caller = true;
            if (number < static_cast<int>(threads)) met.arrive_and_wait();
            --working;
            return number;
          });
        tasks.finish();
      }
      CHECK(received == expected);
      CHECK(most == threads);
      CHECK(by_caller == (threads == 1));
    }
  }

  TEST_CASE("threads: what a task throws is thrown in its turn, and what nobody has begun by then is given up") {
    for (const unsigned threads : {1U, 2U}) {
      CAPTURE(threads);
      std::vector<int> received;
      {
        OrderedTasks<int> tasks(threads, [&](int result) { received.push_back(result); });
        const auto start_all = [&] {
          for (int number = 0; number < 100; ++number)
            tasks.start([number] { return number == 7 ? throw std::runtime_error("seven") : number; });
          tasks.finish();
        };
        CHECK_THROWS_WITH_AS(start_all(), "seven", std::runtime_error);
      }
      CHECK(received == std::vector{0, 1, 2, 3, 4, 5, 6});
    }
  }
}

}  // namespace
}  // namespace limier::sealed
