package dev.gateline.applications.satoken;

import cn.dev33.satoken.annotation.SaCheckRole;
import cn.dev33.satoken.annotation.SaCheckSafe;
import cn.dev33.satoken.exception.NotLoginException;
import cn.dev33.satoken.exception.NotRoleException;
import cn.dev33.satoken.exception.NotSafeException;
import cn.dev33.satoken.interceptor.SaInterceptor;
import cn.dev33.satoken.session.SaTerminalInfo;
import cn.dev33.satoken.stp.StpInterface;
import cn.dev33.satoken.stp.StpUtil;
import dev.gateline.applications.Users;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The pages with Sa-Token. */
@SpringBootApplication
@RestController
public class Park implements WebMvcConfigurer, StpInterface {
    @Value("${park.fresh:5m}")
    Duration fresh;

    public static void main(String[] args) {
        SpringApplication.run(Park.class, args);
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new SaInterceptor(page -> StpUtil.checkLogin()))
                .excludePathPatterns("/login", "/error");
    }

    @Override
    public List<String> getRoleList(Object user, String loginType) {
        return Users.roles(user.toString());
    }

    @Override
    public List<String> getPermissionList(Object user, String loginType) {
        return List.of();
    }

    @PostMapping("/login")
    void login(@RequestParam String username, @RequestParam String password) {
        checkPassword(username, password);
        StpUtil.login(username);
        StpUtil.openSafe(fresh.toSeconds());
    }

    @PostMapping("/step-up")
    void stepUp(@RequestParam String password) {
        checkPassword(StpUtil.getLoginIdAsString(), password);
        StpUtil.openSafe(fresh.toSeconds());
    }

    private static void checkPassword(String name, String password) {
        if (!Users.isPassword(name, password)) {
            throw new ResponseStatusException(HttpStatus.UNAUTHORIZED);
        }
    }

    @GetMapping("/me")
    String me() {
        return "hello " + StpUtil.getLoginIdAsString();
    }

    @SaCheckRole("admin")
    @GetMapping("/admin")
    String admin() {
        return "the keys of the park";
    }

    @SaCheckSafe
    @PostMapping("/transfer")
    String transfer() {
        return "done";
    }

    @GetMapping("/devices")
    List<Long> devices() {
        return StpUtil.getTerminalListByLoginId(StpUtil.getLoginId()).stream()
                .map(SaTerminalInfo::getCreateTime)
                .toList();
    }

    @PostMapping("/logout-everywhere")
    void everywhere() {
        StpUtil.logout(StpUtil.getLoginId());
    }

    @ExceptionHandler({NotLoginException.class, NotSafeException.class})
    @ResponseStatus(HttpStatus.UNAUTHORIZED)
    void stranger() {}

    @ExceptionHandler(NotRoleException.class)
    @ResponseStatus(HttpStatus.FORBIDDEN)
    void withoutRole() {}

    @ExceptionHandler(DataAccessException.class)
    @ResponseStatus(HttpStatus.SERVICE_UNAVAILABLE)
    void outage() {}
}
